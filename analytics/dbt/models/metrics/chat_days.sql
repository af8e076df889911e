{{ config(indexes=[{"columns": ["chat_date"]}]) }}

select
    conversation_date as chat_date,
    channel,
    count(*) as conversations,
    count(*) filter (where listed > 0 or carted > 0 or cards > 0 or orders > 0) as reached_list,
    count(*) filter (where carted > 0 or cards > 0 or orders > 0) as reached_cart,
    count(*) filter (where cards > 0 or orders > 0) as reached_card,
    count(*) filter (where orders > 0) as reached_order,
    cast(sum(orders) as bigint) as orders,
    cast(sum(turns) as bigint) as turns,
    cast(sum(misunderstood) as bigint) as misunderstood,
    count(*) filter (where handed_off > 0) as handed_off
from {{ ref("fct_conversations") }}
group by conversation_date, channel
