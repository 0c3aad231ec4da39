"""Those who may approve drafts are told once that these wait, and again of other drafts."""

from record import NOW, Q, a_pack

from scorecard import call
from scorecard.notify import Outlets


def test_approvers_are_called_once_for_the_same_drafts_and_again_for_others(stores):
    letters = []
    outlets = Outlets("https://localhost", {"e-mail": letters.append})
    a_pack(stores.register)
    sent = [call.run(stores, outlets, Q, ["approver"], NOW) for _ in range(2)]
    a_pack(stores.register, "public")
    sent.append(call.run(stores, outlets, Q, ["approver"], NOW))

    assert sent == [1, 0, 1]
    assert {letter.to for letter in letters} == {("pack.approval@exampleshire.gov.uk",)}
    assert [letter.title for letter in letters] == [f"To approve: the drafts of {Q}"] * 2
    assert letters[1].lines[0] == f"The role approver is asked to approve 2 drafts of {Q}."
