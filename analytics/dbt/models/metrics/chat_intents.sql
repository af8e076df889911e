{{ config(indexes=[{"columns": ["chat_date"]}]) }}

select
    conversation_date as chat_date,
    channel,
    intent,
    cast(sum(turns) as bigint) as turns
from {{ ref("stg_shop__conversation_intents") }}
group by conversation_date, channel, intent
