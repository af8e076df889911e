select
    cast(orders.order_id as integer) as order_id,
    cast(customer.customer_id as integer) as customer_id,
    cast({{ local("orders.placed_at") }} as timestamp) as order_date,
    cast(orders.total as decimal(10, 2)) as total_amount
from {{ source("shop", "orders") }} as orders
inner join {{ source("shop", "customer") }} as customer on customer.hashed_email = orders.hashed_email
where orders.state <> 'cancelled'
