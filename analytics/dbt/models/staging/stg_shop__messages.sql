select
    message.message_id,
    customer.customer_id,
    message.kind,
    message.marketing as is_marketing,
    message.channel,
    message.order_id,
    message.outcome,
    message.reason,
    message.created_at,
    {{ local_date("message.created_at") }} as message_date,
    coalesce(message.settled_at, message.created_at) as updated_at
from {{ source("shop", "message") }} as message
left join {{ source("shop", "customer") }} as customer on customer.hashed_email = message.hashed_email
where message.hashed_email <> ''
