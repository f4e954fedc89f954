"""One kind of answer a module: each takes a decided question and gives a whole answer."""
