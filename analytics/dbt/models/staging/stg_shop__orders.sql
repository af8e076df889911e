select
    orders.order_id,
    customer.customer_id,
    coalesce(nullif(orders.store_id, ''), orders.source) as store_id,
    orders.source as channel,
    orders.order_ref,
    orders.state,
    orders.placed_at,
    {{ local_date("orders.placed_at") }} as order_date,
    cast(extract(hour from {{ local("orders.placed_at") }}) as integer) as order_hour,
    orders.cancelled_at,
    {{ local_date("orders.cancelled_at") }} as cancelled_date,
    orders.total + orders.discount as gross,
    orders.discount,
    orders.total,
    orders.loyalty,
    orders.updated_at
from {{ source("shop", "orders") }} as orders
inner join {{ source("shop", "customer") }} as customer on customer.hashed_email = orders.hashed_email
