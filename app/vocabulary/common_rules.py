"""Rules of procedure that services of several authorities follow."""

from datetime import date

from app.vocabulary.requirement import Rule
from app.wording import Words

ONE_THING = Rule(
    "one-thing-opinion",
    Words(
        "国务院关于进一步优化政务服务提升行政效能推动“高效办成一件事”的指导意见",
        "State Council opinion on doing “one thing” efficiently",
    ),
    "国发〔2024〕3号",
    "A",
)
NO_REPEAT_ASKING = Rule(
    "online-service-rule-7",
    Words("国务院关于在线政务服务的若干规定", "State Council rules on online public services"),
    "国务院令第716号第七条",
    "B",
    date(2019, 4, 26),
)
TAIZHOU_RESIDENT_INSURANCE = Rule(
    "taizhou-resident-insurance",
    Words("台州市城乡居民基本医疗保险有关规定", "Taizhou rules on resident medical insurance"),
    "新生儿参保",
    "C",
)
EXCLUDED_TIME = Rule(
    "licence-law-45",
    Words("中华人民共和国行政许可法", "Administrative Licensing Law"),
    "第四十五条",
    "B",
    date(2004, 7, 1),
)
CIVIL_CODE_NAMES = Rule(
    "civil-code-1015", Words("中华人民共和国民法典", "Civil Code"), "第一千零一十五条", "U"
)
RELIEF_MEASURES = Rule(
    "social-relief-measures",
    Words("社会救助暂行办法", "Interim measures on social relief"),
    "国务院令第649号",
    "U",
    date(2014, 5, 1),
)
REHABILITATION_OPINION = Rule(
    "child-rehabilitation-opinion",
    Words(
        "国务院关于建立残疾儿童康复救助制度的意见",
        "State Council opinion on rehabilitation aid for disabled children",
    ),
    "国发〔2018〕10号",
    "U",
    date(2018, 10, 1),
)
