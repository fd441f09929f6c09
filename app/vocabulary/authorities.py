"""The bodies of Taizhou that several services name; their ids key addresses, keys and queues."""

from app.vocabulary.public_service import CompetentAuthority
from app.wording import Words

HEALTH_COMMISSION = CompetentAuthority(
    "health-commission", Words("卫生健康部门", "Health commission")
)
PUBLIC_SECURITY = CompetentAuthority(
    "public-security", Words("公安机关（派出所）", "Public security (police station)")
)
HEALTHCARE_SECURITY = CompetentAuthority(
    "healthcare-security", Words("医疗保障部门", "Healthcare security")
)
TAX = CompetentAuthority("tax", Words("税务部门", "Tax service"), phone="12366")
HUMAN_RESOURCES = CompetentAuthority(
    "human-resources",
    Words("人力资源和社会保障部门", "Human resources and social security"),
    phone="12333",
)
TOWNSHIP = CompetentAuthority(
    "township",
    Words("乡镇人民政府（街道办事处）", "Township or subdistrict office"),
    level="township",
)
CIVIL_AFFAIRS = CompetentAuthority("civil-affairs", Words("民政部门", "Civil affairs"))
DISABLED_PERSONS_FEDERATION = CompetentAuthority(
    "disabled-persons-federation",
    Words("残疾人联合会", "Disabled persons' federation"),
)
EDUCATION = CompetentAuthority("education", Words("教育部门", "Education"))
HOUSING_FUND = CompetentAuthority(
    "housing-fund", Words("住房公积金管理中心", "Housing provident fund"), phone="12329"
)
HOUSING = CompetentAuthority("housing", Words("住房城乡建设部门", "Housing and construction"))
NATURAL_RESOURCES = CompetentAuthority(
    "natural-resources", Words("自然资源和规划部门（不动产登记）", "Real-estate register")
)
