{{ config(indexes=[{"columns": ["shown_date"]}]) }}

select
    shown_date,
    placement,
    count(*) as shown,
    count(*) filter (where was_added) as added,
    count(*) filter (where was_dismissed) as dismissed,
    count(*) filter (where was_ordered) as ordered,
    count(*) filter (where paid > 0) as bought,
    cast(sum(paid) as numeric(18, 2)) as paid
from {{ ref("fct_recommendations") }}
group by shown_date, placement
