"""A second synthetic county: other names, another coast, other words, every truth planted elsewhere and otherwise.

It was written from the description of the truths alone, before its writer had read how they are looked for, and then
frozen; docs/methods/truths.md tells what was found in it. It measures, so it is not to be changed to be found better.

`python -m benchmarks.other_county HOME --seed N` builds its home; `python -m benchmarks.truths --home HOME` judges it.
"""
