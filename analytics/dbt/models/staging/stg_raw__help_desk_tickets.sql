select
    reference,
    topic,
    channel,
    opened_at,
    first_answer_at,
    resolved_at,
    {{ local_date("opened_at") }} as opened_date
from {{ source("raw", "help_desk_ticket") }}
