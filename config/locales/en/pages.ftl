# Frame
pages-skip = Skip to the content
pages-languages = Language
pages-footer = Sent to you by { $organisation }. This page is personal; please do not pass its address on.
pages-footer-varde = Varde runs leadership programmes in hospitals.
pages-hello = Hello { $name },
pages-contacts = Questions? Please contact:
pages-gatherings = Gatherings
pages-no-gatherings = The dates have not been set yet.
pages-place = Place
pages-room = Room
pages-join = Join the online meeting
pages-agenda = Programme of the day
pages-held = held

# A place in a cohort
pages-invited = Invitation to “{ $programme }”
pages-invited-lead = You are invited to ‘{ $cohort }’.
pages-answer-by = Please answer by { $until }.
pages-invited-terms = If you accept, we count on you at every gathering. If the cohort is full when you answer, you get a place on the waiting list.
pages-offered = A seat on “{ $programme }”
pages-offered-lead = A seat in ‘{ $cohort }’ is free for you.
pages-held-until = We hold it for you until { $until }. After that it is offered to the next on the waiting list.
pages-offered-terms = If you accept, we count on you at every gathering.
pages-accept = Yes, I will take part
pages-decline = No, I cannot
pages-decline-lead = When you decline, the seat can go to someone else. If you would like to say why, it helps us to plan the next cohort.
pages-decline-confirm = Confirm that I decline
pages-reason = Reason (optional)
pages-reason-hint = At most 500 characters. The programme coordinator can read what you write. Please leave out health information.
pages-optional = (optional)
pages-enrolled = You have a seat on “{ $programme }”
pages-enrolled-lead = We count on you in ‘{ $cohort }’.
pages-enrolled-next = You will get a confirmation by e-mail, and a calendar invitation to each gathering. If you have to withdraw later, use the link in the confirmation.
pages-waiting = You are on the waiting list
pages-waiting-lead = Every seat in ‘{ $cohort }’ ({ $programme }) is taken.
pages-waiting-place = You are number { $place } on the waiting list.
pages-waiting-rule = When a seat becomes free, it is offered to the first in line. The seat is held until the answer comes or the deadline passes, and then goes to the next. No one who joins later passes you, unless a coordinator makes an exception and gives the reason.
pages-waiting-next = There is nothing you need to do now. You will get an e-mail when it is your turn.
pages-declined = You have declined
pages-declined-lead = We have noted that you will not take part in ‘{ $cohort }’ ({ $programme }).
pages-declined-next = If you have changed your mind, please contact the coordinator.
pages-lapsed = The time to answer is over
pages-lapsed-lead = We had no answer about ‘{ $cohort }’ ({ $programme }) in time, and the seat may have gone to someone else.
pages-lapsed-next = If you would still like to take part, please contact the coordinator.
pages-withdrawn = You have withdrawn
pages-withdrawn-lead = You no longer take part in ‘{ $cohort }’ ({ $programme }).
pages-withdrawn-next = If you would like to take part another time, please contact the coordinator.
pages-moved = You have been moved to another cohort
pages-moved-lead = You are no longer part of ‘{ $cohort }’ ({ $programme }).
pages-moved-to = You have been moved to ‘{ $cohort }’.
pages-moved-onward = Go to your place in ‘{ $cohort }’
pages-completed = You have completed “{ $programme }”
pages-completed-lead = ‘{ $cohort }’ is over, and you have completed the programme.
pages-not-completed = The cohort is over
pages-not-completed-lead = ‘{ $cohort }’ ({ $programme }) is over. The programme is not recorded as completed for you.
pages-cancelled = The cohort is cancelled
pages-cancelled-lead = ‘{ $cohort }’ ({ $programme }) is cancelled. You can delete any gatherings that are still in your calendar.
pages-missed-out = The cohort is over
pages-missed-out-lead = ‘{ $cohort }’ ({ $programme }) is over, and no seat became free for you.
pages-missed-out-next = If you would like to take part another time, please contact the coordinator.
pages-newer = This link is no longer valid
pages-newer-lead = You have had a newer e-mail about ‘{ $cohort }’ ({ $programme }). Please use the link in that one.
pages-time-over = The time is over
pages-time-over-lead = The link about ‘{ $cohort }’ ({ $programme }) can no longer be used.
pages-time-over-next = Please contact the coordinator if something should be changed.

# Leaving
pages-manage-seat = Your seat on “{ $programme }”
pages-manage-seat-lead = You have a seat in ‘{ $cohort }’. If you cannot take part after all, withdraw here.
pages-manage-line = Your place on the waiting list
pages-manage-offered-lead = A seat in ‘{ $cohort }’ ({ $programme }) is held for you. Accept it with the link in the latest e-mail, or withdraw here.
pages-leave-seat = I want to withdraw
pages-leave-line = I want to leave the waiting list
pages-leave-seat-lead = If you withdraw, the seat goes to the next on the waiting list. You cannot take it back yourself.
pages-leave-line-lead = If you leave the waiting list, you lose your place in the line.
pages-leave-seat-confirm = Confirm that I withdraw
pages-leave-line-confirm = Confirm that I leave the waiting list

# A gathering
pages-gathering-lead = A gathering of ‘{ $cohort }’ ({ $programme }).
pages-gathering-ask = Are you coming?
pages-gathering-coming = You have answered that you are coming.
pages-gathering-not-coming = You have answered that you are not coming.
pages-gathering-change = You can change the answer until the gathering begins.
pages-coming = I am coming
pages-not-coming = I am not coming
pages-gathering-begun = The gathering has begun. The answer can no longer be changed here.
pages-gathering-over = The gathering has been held.
pages-gathering-cancelled = The gathering is cancelled. If it is still in your calendar, you can delete it.
pages-gathering-no-place = You no longer have a seat in the cohort, and need not answer.
pages-gathering-moved-on = You have been moved to another cohort and do not need to answer for this gathering.
pages-gathering-newer = This link is no longer valid. Please use the link in the latest e-mail about the gathering.

# Mail that is not mandatory
pages-unsubscribe = Would you like fewer e-mails?
pages-unsubscribe-lead = You can do without reminders and notices from { $organisation }.
pages-unsubscribe-rest = Invitations, confirmations and word of changes will still reach you, because they concern your seat.
pages-unsubscribe-do = Stop the reminders
pages-unsubscribed = The reminders are stopped
pages-unsubscribed-lead = You will get no more reminders or notices from { $organisation }.
pages-resubscribe-do = Send me reminders again
pages-unsubscribe-expired = The link is no longer valid. Please use the link in a newer e-mail.

# A password
pages-password = Choose a password
pages-password-lead = The password is for the account { $email }.
pages-password-rule = At least { $min } and at most { $max } characters. A few words in a row are easy to remember and hard to guess. The password cannot be your e-mail address or the same characters over and over.
pages-password-new = New password
pages-password-again = Repeat the password
pages-password-do = Save the password
pages-password-differ = The two passwords are not the same. Please type them again.
pages-password-done = The password is saved
pages-password-done-lead = You can now sign in with your e-mail address and the new password. All earlier sessions have been ended.
pages-password-spent = The link cannot be used
pages-password-spent-lead = The link was used, was replaced by a newer one or is too old.
pages-password-spent-next = Ask an administrator for a new link.

# What can go wrong
pages-errors = Please correct this
pages-changed = Your answer was not taken, because something has changed since the page was opened. This is how it stands now.
pages-unknown = We cannot find the page
pages-unknown-lead = The address is not complete, or it was not made by us. Open the link from the e-mail again, and check that the whole address is there.
pages-unknown-next = If it still does not work, the e-mail names the coordinator and how to reach her or him.
pages-too-many = Too many tries
pages-too-many-lead = Many links that do not exist have been opened from your network. Wait a minute, and open the link from the e-mail again.
pages-foreign = The answer came from another website
pages-foreign-lead = For safety we take answers from our own page only. Open the link from the e-mail and answer there.
pages-too-large = What you sent is too long
pages-too-large-lead = Go back, shorten the reason to at most 500 characters, and send it again.
pages-unreadable = We could not read the answer
pages-unreadable-lead = Open the link from the e-mail again, and use the buttons on the page.
pages-fault = Something went wrong on our side
pages-fault-lead = Nothing has been changed. Please try again in a little while.
pages-fault-id = If you contact us, please give this code: { $id }

# The demo
pages-demo = The demo of Varde
pages-demo-lead = Everything here is made up: the trust, its staff and the mail. Nothing leaves the machine.
pages-demo-mailbox-open = Open the mailbox
pages-demo-clock = The clock
pages-demo-clock-lead = The clock runs on by itself, and can be moved ahead. Whatever falls due on the way happens: reminders are sent, deadlines pass, gatherings begin.
pages-demo-next = On to the next thing planned: { $moment }
pages-demo-day = One day on
pages-demo-week = One week on
pages-demo-date = On to a date
pages-demo-time = Time of day
pages-demo-move = Move the clock
pages-demo-moved = The clock has moved. Timers fired: { $fired }. Mails sent: { $sent }.
pages-demo-backwards = The clock moves only forwards. Choose a later time.
pages-demo-no-moment = Give a date and a time of day.
pages-demo-fault = Something went wrong on the way. The log says what.
pages-demo-first = Try this first
pages-demo-first-mail = Open the mailbox, find an invitation, and accept or decline with the link in it.
pages-demo-first-clock = Move the clock on to the next thing planned, and see who is reminded.
pages-demo-first-api = Sign in as a coordinator in GraphiQL, and look the cohort up.
pages-demo-addresses = Addresses
pages-demo-sign-ins = Sign-ins
pages-demo-role-administrator = Administrator
pages-demo-role-coordinator = Coordinator
pages-demo-role-line-manager = Line manager
pages-demo-role-leader = Leader
pages-demo-mailbox = The mailbox
pages-demo-mails = { $count ->
    [one] One mail has been sent.
   *[other] { $count } mails have been sent.
}
pages-demo-back = To the start page
pages-demo-to = To
pages-demo-newer = Newer
pages-demo-older = Older
pages-demo-no-mail = There is no such mail
pages-demo-all-mail = The whole mailbox
pages-demo-html = The mail as its reader sees it
pages-demo-alone = Show the mail alone
pages-demo-links = Links in the mail
pages-demo-source = Open in a mail client (.eml)
pages-demo-text = As plain text
pages-demo-calendar = The calendar part
pages-demo-headers = The headers

# A survey
pages-survey-gathering = It is about “{ $gathering }” on { $day }, a gathering of “{ $programme }” ({ $cohort }).
pages-survey-cohort = It is about “{ $programme }” ({ $cohort }).
pages-survey-terms = Answers are kept without names and cannot be changed afterwards. You can answer until { $until }. The results are shown when the time is over and at least { $least } have answered, and then only to the programme coordinators and to those of you who took part.
pages-survey-comment-hint = At most { $max } characters. Mention no names and no health information.
pages-survey-send = Send the answers
pages-survey-thanks = Thank you for your answer
pages-survey-thanks-lead = Your answer is kept without your name.
pages-survey-results-later = The results stand on this page after { $until }, if at least { $least } have answered.
pages-survey-closed = The survey is closed
pages-survey-too-few = Fewer than { $least } answered by { $until }. The results are not shown then, so that nobody can be recognised.
pages-survey-results = Results
pages-survey-answered = { $answered } of { $asked } answered.
pages-survey-mean = Mean { $mean }, on a scale from { $lowest } ({ $low }) to { $highest } ({ $high }).
pages-survey-mark = Mark
pages-survey-count = Answers
pages-survey-no-comments = Nobody wrote anything here.
