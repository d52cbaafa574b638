"""Two plans compared: what is the same (``matching.match``), and every fact that differs (``comparison.compare``).

``sequences`` says how two texts differ, ``identity`` pairs the blocks of two lists by that and by what each pair
would have changed, ``matching`` does so for the actions of two plans and then for the groups around them. Where
other pairs may be right as well, a ``Match`` names them (``diff`` tells them), and ``matches`` gives each way
(a merge tries all of them). ``vocabulary`` says which of the plan's own words only have other names now.
"""
