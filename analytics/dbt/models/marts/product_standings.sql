with sold as (
    select product_id, max(order_date) as last_sold_on
    from {{ ref("fct_order_lines") }}
    where not is_cancelled and order_date <= {{ as_of() }}
    group by product_id
),

brought as (
    select product_id, sum(net) as net, sum(units) as units
    from {{ ref("product_days") }}
    where sales_date > {{ as_of() }} - 91 and sales_date <= {{ as_of() }}
    group by product_id
),

moved as (
    select
        product_id,
        min(stock_date) as came_on,
        sum(case when stock_date > {{ as_of() }} - 91 then missing else 0 end) as missing_last_91,
        sum(case when stock_date > {{ as_of() }} - 28 then missing else 0 end) as missing_last_28
    from {{ ref("fct_stock_days") }}
    where stock_date <= {{ as_of() }}
    group by product_id
),

lacked as (
    select product_id, sum(days) as days
    from {{ ref("stock_outs") }}
    group by product_id
)

select
    products.product_id,
    moved.came_on,
    sold.last_sold_on,
    cast(coalesce(brought.units, 0) as bigint) as units_last_91,
    cast(coalesce(brought.net, 0) as numeric(18, 2)) as net_last_91,
    cast(coalesce(moved.missing_last_28, 0) as bigint) as missing_last_28,
    cast(coalesce(moved.missing_last_91, 0) as bigint) as missing_last_91,
    cast(coalesce(lacked.days, 0) as integer) as days_out_last_91,
    {{ as_of() }} as as_of
from {{ ref("dim_products") }} as products
left join sold on sold.product_id = products.product_id
left join brought on brought.product_id = products.product_id
left join moved on moved.product_id = products.product_id
left join lacked on lacked.product_id = products.product_id
