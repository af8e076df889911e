select
    ticket_id,
    channel,
    opened_at,
    first_answer_at,
    resolved_at,
    topic,
    {{ local_date("opened_at") }} as opened_date
from {{ source("shop", "ticket_times") }}
