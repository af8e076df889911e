select
    conversation_day_id,
    channel,
    day as conversation_date,
    turns,
    misunderstood,
    handed_off,
    listed,
    carted,
    cards,
    orders
from {{ source("shop", "conversation_day") }}
