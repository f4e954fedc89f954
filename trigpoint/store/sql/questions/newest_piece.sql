-- For each record the number of its newest piece, withdrawn or counted: what is known of it now, or was last.
SELECT arg_max(number, (known_to, known_from)) AS number
FROM (
    SELECT number, known_from, known_to FROM {counted} WHERE number - number % {pieces} IN {records}
    UNION ALL
    SELECT number, known_from, known_to FROM {withdrawn} WHERE number - number % {pieces} IN {records}
)
GROUP BY number - number % {pieces}
