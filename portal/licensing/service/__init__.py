"""The use cases of licence applications: the feature's public face, by who acts.

`drafting`: the institution's clerk. `desk`: the examiner before acceptance. `examination` and `decision`: after it.
`ticking`: the clock and the worker. `questions`: what pages and other features ask.
"""
