# Leader groups.
enum-leader-group-state-proposed = proposed
enum-leader-group-state-invited = invited
enum-leader-group-state-enrolled = has its seats
enum-leader-group-state-declined = declined
enum-leader-group-state-lapsed = did not answer in time
enum-leader-group-state-withdrawn = taken out
enum-leader-group-state-completed = completed
enum-measure-kind-benefit = benefit
enum-measure-kind-action = measure
enum-measure-standing-not-begun = not begun
enum-measure-standing-under-way = under way
enum-measure-standing-reached = reached
enum-measure-standing-given-up = given up
enum-leader-group-change-invite = invite
enum-leader-group-change-accept-for = write down a yes
enum-leader-group-change-decline-for = write down a no
enum-leader-group-change-withdraw = take out
