# What does not go together in a rule of reminding. Values are named as the rule's definition names them.
policy-not-a-key = “{ $key }” is not a key; use small letters a to z, digits and _.
policy-blank-text = The text in { $language } is blank.
policy-out-of-reach = { $days } days is too far away; at most { $most } days before or after.
policy-zero-working-days = Zero working days has no meaning; use calendar days.
policy-no-time-to-send = It must be one hour at least.
policy-after-its-anchor = A reminder that comes after what it counts from cannot be sent before it.
policy-condition-of-anchor = The condition “{ $condition }” cannot be asked where the rule counts from “{ $anchor }”.
policy-letter-of-its-cause = The letter “{ $letter }” is sent by what causes it, never by a rule.
policy-letter-of-anchor = The letter “{ $letter }” belongs to { $fitting }, not to { $anchor }.
policy-letter-to = The letter “{ $letter }” is written to { $recipients }.
policy-letter-is-mandatory = The letter “{ $letter }” { $mandatory ->
        [true] is mandatory
       *[other] is not mandatory
    }, and the rule must say the same.
policy-mandatory-cannot-wait = A mandatory reminder cannot wait for the mail that gathers a day’s news.

# What cannot be read in a rule that is written in TOML.
policy-not-toml = Line { $line } cannot be read. Write one key on each line, key = value, with texts in quotation marks (TOML).
policy-key-missing = The key “{ $key }” is missing. Write: { $form }
policy-key-unknown = A rule has no key “{ $key }”. Leave it out, or use one of these: { $known }
policy-value-unfit = “{ $key }” is written like this: { $form }
policy-other-rule = This is another rule than the one that the call names. Write: { $form }
