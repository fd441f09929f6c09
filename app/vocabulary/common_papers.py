"""Papers and registers that services of several authorities name alike, and that are asked once."""

from app.vocabulary.offering import paper

# Ids of registers, for papers of services in other files.
PERSON_REGISTER_ID = "person-register"
RELIEF_REGISTER_ID = "relief-register"
CARE_REGISTER_ID = "care-assessment-register"

OWN_PAPERS = (
    paper(
        "resident-identity-card",
        "居民身份证",
        "Resident identity card",
        "确认办事人是谁。",
        "Confirms who the person is.",
        register=PERSON_REGISTER_ID,
    ),
    paper(
        "own-household-page",
        "户口簿（首页和本人页）",
        "Household book (cover and own page)",
        "确认户籍所在地。",
        "Confirms the place of register.",
        register=PERSON_REGISTER_ID,
    ),
)
RELIEF_PROOF = paper(
    "relief-status-proof",
    "救助身份证明（低保、低边等）",
    "Proof of the relief status",
    "低保、低边家庭不再核对收入。",
    "With it the income is not checked again.",
    register=RELIEF_REGISTER_ID,
    optional=True,
)
CARE_ASSESSMENT = paper(
    "care-assessment",
    "自理能力评估表",
    "Assessment of self-care ability",
    "补贴按自理能力分三档。",
    "What is paid has three steps by ability.",
    register=CARE_REGISTER_ID,
    defer_working_days=10,
)
