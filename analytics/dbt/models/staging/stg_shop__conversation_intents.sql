select
    day.conversation_day_id,
    day.channel,
    day.day as conversation_date,
    each.key as intent,
    cast(each.value as integer) as turns
from {{ source("shop", "conversation_day") }} as day
cross join lateral jsonb_each_text(day.intents) as each
