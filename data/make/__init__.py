"""The makers of the illustrative Wulong: fact tables in, layers out, the same every time."""
