"""What holds for every department service and shared register of the catalogue."""

from datetime import date

import pytest

from app.catalogue import load
from app.forms.specimen import situations
from app.vocabulary.public_service import (
    Accepted,
    Completed,
    Message,
    Refused,
    StandInRefusal,
    Ticket,
)
from app.workflow.rehearsal import rehearse

TODAY = date(2026, 11, 23)
CITY = load()

every_service = pytest.mark.parametrize("service", CITY.services.values(), ids=lambda s: s.id)


class Answering:
    """A department that gives one reply and remembers what it was sent."""

    def __init__(self, reply):
        self.reply = reply
        self.sent = []

    async def post(self, path, request):
        self.sent.append((path, request))
        return self.reply


PLAYED = {}


def played_requests(event):
    """Every request of a life event in every situation, by service; played once per event."""
    if id(event) not in PLAYED:
        built = {}
        for answers in situations(event, TODAY):
            for played in rehearse(event, answers, TODAY):
                if played.request is not None:
                    kept = built.setdefault(played.step.service.id, {})
                    kept[played.request.model_dump_json()] = played.request
        PLAYED[id(event)] = (event, built)  # the event too, so that its id is not used again
    return PLAYED[id(event)][1]


def requests_of(service):
    """Requests that life events build for a service, one per situation that differs."""
    built = {}
    for event in CITY.events_with(service.id):
        built |= played_requests(event).get(service.id, {})
    return list(built.values())


@every_service
async def test_a_service_sends_reads_and_stands_in_by_its_own_types(service):
    requests = requests_of(service)
    assert requests or not CITY.events_with(service.id)
    for request in requests[:5]:
        assert isinstance(request, Message)
        assert service.request.model_validate_json(request.model_dump_json()) == request
        ticket = Ticket("key", TODAY, 7)
        made = service.stand_in(request, ticket)
        assert made == service.stand_in(request, ticket)
        if isinstance(made, StandInRefusal):
            assert made.reason
            continue
        output = made.model_dump(mode="json")
        department = Answering({"status": "completed", "reference": "R1", "output": output})
        assert await service.call(request, department) == Completed("R1", output)
        assert department.sent == [(service.path, request)]


@every_service
async def test_the_other_answers_are_read_alike(service):
    for request in requests_of(service)[:1]:
        accepted = Answering({"status": "accepted", "reference": "R2"})
        assert await service.call(request, accepted) == Accepted("R2")
        refused = Answering({"status": "refused", "reason": "不符合条件", "rule": "第一条"})
        assert await service.call(request, refused) == Refused("不符合条件", "第一条")
        with pytest.raises((ValueError, KeyError)):
            await service.call(request, Answering({"status": "perhaps"}))


@every_service
def test_a_service_tells_what_it_does_and_under_which_rule(service):
    assert service.rules
    assert service.fee.zh
    assert service.authority.id in CITY.authorities


@every_service
def test_each_reason_to_mend_a_paper_names_a_paper_of_the_service(service):
    papers = {paper.id for paper in service.evidence}
    for reason in (*service.supplement_reasons, *service.refusal_reasons):
        assert reason.evidence is None or reason.evidence in papers


@pytest.mark.parametrize("register", CITY.registers.values(), ids=lambda r: r.id)
def test_a_register_is_asked_by_some_life_event_and_says_nothing_about_strangers(register):
    asks = [
        ask
        for event in CITY.life_events.values()
        for ask in event.asks
        if ask.register.id == register.id
    ]
    assert asks
    fields = register.facts.model_fields
    assert fields
