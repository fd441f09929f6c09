"""Stages of life, and words that many life events say: who signs in, where to go instead."""

from app.vocabulary.life_event import Stage
from app.wording import Words

FAMILY = Stage("family", Words("婚育", "Marriage and children"), 1)
WORK = Stage("work", Words("就业", "Work"), 3)
OLD_AGE = Stage("old-age", Words("退休养老", "Retirement and old age"), 4)
CARE = Stage("care", Words("救助与照护", "Help and care"), 8)

SIGN_IN = Words("本人登录即可", "Sign in")
COUNTER_ONLY = Words("请到窗口办理", "Please come to the counter")
COUNTER = Words(
    "请到就近的政务服务中心窗口；可拨打12345咨询，或预约帮办人员上门。",
    "Please come to a service centre; call 12345 for advice or a home visit.",
)
OTHER_WAYS = (
    Words("到任一政务服务中心或乡镇（街道）便民服务中心窗口办理", "At any service centre"),
    Words("拨打12345咨询", "By phone: 12345"),
    Words(
        "行动不便的，可拨打12345预约帮办人员上门",
        "Cannot come? Call 12345 and somebody comes to your home",
    ),
)

PASSED_ON = Words(
    "可到就近窗口请求代收代办，或在户口所在地办理。",
    "Ask a counter here to pass it on, or go to the place of register.",
)
VISIT = Words(
    "请拨打12345，帮办人员会上门；也可拨打民政服务热线12349。",
    "Call 12345 and somebody will visit you; or 12349, civil affairs.",
)
GO_ON = Words("接着往下填即可。", "Simply go on.")
SOON = Words("请尽快提交。", "Please submit soon.")
EXPLANATION = Words("请准备一份情况说明。", "Please have an explanation ready.")
REASONS = Words("请准备好说明材料。", "Please have your reasons ready.")
COME_BACK = Words(
    "到时候再来申请；想先问问，可拨打12333。",
    "Please come back then; for advice call 12333.",
)
