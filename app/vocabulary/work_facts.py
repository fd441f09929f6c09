"""The few facts about work from which it is told what somebody may get."""

from app.forms.conditions import Between, Is
from app.vocabulary import benefit_facts as facts
from app.vocabulary.declaring import choose

OF_WORKING_AGE = Between("age_years", at_least=16, at_most=64)
WORK = choose("work_now", "现在怎么工作？", "Which work now?", applies=OF_WORKING_AGE).one_of(
    ("employed", "在单位上班", "For an employer"),
    ("flexible", "自己干，自己缴社保", "For myself, insuring myself"),
    ("business", "自己办企业", "In my own business"),
    ("unemployed", "失业不满一年", "Out of work for less than a year"),
    ("long", "失业一年以上", "Out of work for a year or more"),
    ("student", "高校毕业年度在校", "At university, in the last year"),
    ("none", "都不是（含退休）", "None of these, or retired"),
)
EMPLOYED, FLEXIBLE = Is("work_now", "employed"), Is("work_now", "flexible")
BUSINESS, STUDENT = Is("work_now", "business"), Is("work_now", "student")
OUT_OF_WORK, OUT_FOR_LONG = Is("work_now", "unemployed", "long"), Is("work_now", "long")
GRADUATED = choose(
    "graduated_within",
    "高校毕业几年了？",
    "How long ago graduated?",
    applies=Is("work_now", "employed", "flexible", "business")
    & Between("age_years", at_least=18, at_most=45),
).one_of(
    ("two-years", "2年以内", "Up to 2 years"),
    ("five-years", "2到5年", "2 to 5 years"),
    ("no", "5年以上，或没上过高校", "Longer, or not at all"),
)
TWO_YEARS, FIVE_YEARS = (
    Is("graduated_within", "two-years"),
    Is("graduated_within", "two-years", "five-years"),
)
FIRM = choose("firm_class", "单位是哪一类？", "Which firm?", applies=EMPLOYED & FIVE_YEARS).one_of(
    ("near", "养老、家政、现代农业", "Care, household service, modern farming"),
    ("small", "其他中小微企业", "Another small or medium firm"),
    ("other", "都不是", "Neither"),
)
NEAR_PEOPLE, SMALL_FIRM = Is("firm_class", "near"), Is("firm_class", "small")
LOST = choose(
    "lost_work", "失业保险缴了多久？", "Unemployment insurance paid for?", applies=OUT_OF_WORK
).one_of(
    ("1-5", "满1年不满5年", "1 to under 5 years"),
    ("5-10", "满5年不满10年", "5 to under 10 years"),
    ("10", "10年以上", "10 years or more"),
    ("0", "不满1年", "Less than a year"),
    ("own-will", "满1年，但是自己辞职的", "A year or more, but I left by own will"),
)
CERTIFICATE = choose(
    "new_certificate",
    "12个月内拿到职业技能证书了吗？",
    "A skill certificate in the last 12 months?",
    applies=EMPLOYED | FLEXIBLE | BUSINESS | OUT_OF_WORK,
).one_of(
    ("no", "没有", "No"),
    ("5", "五级（初级工）", "Grade 5"),
    ("4", "四级（中级工）", "Grade 4"),
    ("3", "三级（高级工）", "Grade 3"),
)
HAS_CERTIFICATE = Is("new_certificate", "5", "4", "3")
NEW_HERE = choose(
    "new_here",
    "2020年7月25日后首次来台州、没有住房的，是什么学历？",
    "New to Taizhou after 25 July 2020, without a home: which education?",
    applies=(EMPLOYED | BUSINESS) & FIVE_YEARS,
).one_of(
    ("no", "不是首次来，或有住房", "Not new here, or with a home"),
    ("college", "台州高校大专", "College in Taizhou"),
    ("bachelor", "本科", "Bachelor"),
    ("master", "硕士", "Master"),
    ("doctor", "博士", "Doctor"),
    ("technician", "技师", "Technician"),
)
IS_NEW_HERE = Is("new_here", "college", "bachelor", "master", "doctor", "technician")
# What is behind one is not proposed as a change.
SETTLED = (*facts.SETTLED, "work_now", "graduated_within", "new_here", "lost_work")
