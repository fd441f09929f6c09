"""Rules of procedure that services of several authorities follow."""

from datetime import date

from app.vocabulary.requirement import Rule
from app.wording import Words

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
