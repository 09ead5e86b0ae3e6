# Ledergrupper.
enum-leader-group-state-proposed = foreslått
enum-leader-group-state-invited = invitert
enum-leader-group-state-enrolled = har plass
enum-leader-group-state-declined = takket nei
enum-leader-group-state-lapsed = ikke svart i tide
enum-leader-group-state-withdrawn = meldt av
enum-leader-group-state-completed = gjennomført
enum-measure-kind-benefit = gevinst
enum-measure-kind-action = tiltak
enum-measure-standing-not-begun = ikke begynt
enum-measure-standing-under-way = i gang
enum-measure-standing-reached = oppnådd
enum-measure-standing-given-up = oppgitt
enum-leader-group-change-invite = inviter
enum-leader-group-change-accept-for = noter et ja
enum-leader-group-change-decline-for = noter et nei
enum-leader-group-change-withdraw = meld av
