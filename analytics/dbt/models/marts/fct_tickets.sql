-- Ours, and those of another help desk; both call theirs as they like.
with tickets as (
    select
        'shop' as origin,
        cast(ticket_id as text) as ticket_id,
        topic,
        channel,
        opened_date,
        opened_at,
        first_answer_at,
        resolved_at
    from {{ ref("stg_shop__tickets") }}
    union all
    select
        'help desk',
        reference,
        topic,
        channel,
        opened_date,
        opened_at,
        first_answer_at,
        resolved_at
    from {{ ref("stg_raw__help_desk_tickets") }}
)

select
    *,
    cast(extract(epoch from first_answer_at - opened_at) / 60 as integer) as minutes_to_answer,
    cast(extract(epoch from resolved_at - opened_at) / 60 as integer) as minutes_to_resolve
from tickets
