-- Which of these pieces of records are permitted.
SELECT number FROM permitted_record WHERE number IN {numbers}
