# Leiargrupper.
enum-leader-group-state-proposed = foreslått
enum-leader-group-state-invited = invitert
enum-leader-group-state-enrolled = har plass
enum-leader-group-state-declined = takka nei
enum-leader-group-state-lapsed = ikkje svart i tide
enum-leader-group-state-withdrawn = meld av
enum-leader-group-state-completed = gjennomført
enum-measure-kind-benefit = gevinst
enum-measure-kind-action = tiltak
enum-measure-standing-not-begun = ikkje byrja
enum-measure-standing-under-way = i gang
enum-measure-standing-reached = oppnådd
enum-measure-standing-given-up = oppgitt
enum-leader-group-change-invite = inviter
enum-leader-group-change-accept-for = noter eit ja
enum-leader-group-change-decline-for = noter eit nei
enum-leader-group-change-withdraw = meld av
