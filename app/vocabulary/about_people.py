"""Fields that requests about a grown-up person have in common: who it is, and where it is paid."""

from app.vocabulary.public_service import Message, told


class AboutPerson(Message):
    """The person a request is about, and the county that handles it."""

    person_name: str = told("姓名", "Name", sensitive=True, min_length=2)
    person_id: str = told("身份证号（社会保障号）", "ID number", sensitive=True, min_length=5)
    county: str = told("经办地代码", "County that handles it", pattern=r"^\d{6}$")


class PaidToPerson(AboutPerson):
    """The same, with the account that is paid to."""

    account_holder: str = told("户名", "Account holder")
    account_bank: str = told("开户行", "Bank")
    account_number: str = told("账号", "Account number", sensitive=True)
