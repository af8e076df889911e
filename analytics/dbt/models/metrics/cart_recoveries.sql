{{ config(indexes=[{"columns": ["order_date"]}]) }}

with reminders as (
    select customer_id, updated_at as reminded_at
    from {{ ref("fct_messages") }}
    where kind = 'cart_reminder' and outcome = 'sent' and customer_id is not null
),

followed as (
    select orders.order_id, orders.customer_id, orders.placed_at, max(reminders.reminded_at) as reminded_at
    from {{ ref("fct_orders") }} as orders
    inner join reminders
        on
            reminders.customer_id = orders.customer_id
            and orders.placed_at > reminders.reminded_at
            and orders.placed_at <= reminders.reminded_at + interval '7 days'
    group by orders.order_id, orders.customer_id, orders.placed_at
),

numbered as (
    select
        *,
        row_number() over (partition by customer_id, reminded_at order by placed_at, order_id) as place
    from followed
)

select orders.order_id, orders.order_date, orders.is_cancelled, orders.net, numbered.reminded_at
from numbered
inner join {{ ref("fct_orders") }} as orders on orders.order_id = numbered.order_id
where numbered.place = 1
