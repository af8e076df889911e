{{ config(indexes=[{"columns": ["settled_date"]}, {"columns": ["order_id"]}]) }}

-- Made anew each time: how far a return is changes. Where and when something was sold is its order's.
select
    returns.return_id,
    returns.line_no,
    returns.order_id,
    orders.customer_id,
    orders.store_id,
    orders.order_date,
    orders.daypart,
    returns.product_id,
    products.category,
    returns.kind,
    returns.state,
    returns.reason,
    returns.condition,
    cast(returns.requested_date as date) as requested_date,
    cast(returns.received_date as date) as received_date,
    cast(returns.settled_date as date) as settled_date,
    returns.state in ('refunded', 'replaced') as is_settled,
    cast(returns.units as bigint) as units,
    returns.paid,
    returns.replacement_id,
    case when returns.state in ('refunded', 'replaced') then returns.back else 0 end as refunded,
    returns.updated_at
from {{ ref("stg_shop__returns") }} as returns
inner join {{ ref("fct_orders") }} as orders on orders.order_id = returns.order_id
inner join {{ ref("stg_shop__products") }} as products on products.product_id = returns.product_id
