SELECT
    n.kind, coalesce(n.status, '') AS status, n.basis, n.served_date, n.starts_date, n.ends_date,
    n.easting_m, n.northing_m, n.street_name, n.town, coalesce(n.coarse, false) AS coarse, n.feed, feed.agency,
    n.breaches, n.last_breach_date
FROM current_notices AS n JOIN feed ON feed.id = n.feed
ORDER BY n.feed, n.delivery, n.row
