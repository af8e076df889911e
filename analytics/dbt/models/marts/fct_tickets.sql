select
    ticket_id,
    channel,
    opened_date,
    opened_at,
    first_answer_at,
    resolved_at,
    cast(extract(epoch from first_answer_at - opened_at) / 60 as integer) as minutes_to_answer,
    cast(extract(epoch from resolved_at - opened_at) / 60 as integer) as minutes_to_resolve
from {{ ref("stg_shop__tickets") }}
