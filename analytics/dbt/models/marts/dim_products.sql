with sold as (
    select
        product_id,
        min(order_date) as first_sold_on,
        max(order_date) as last_sold_on,
        sum(units) as units_sold
    from {{ ref("fct_order_lines") }}
    where not is_cancelled
    group by product_id
)

select
    products.product_id,
    products.name,
    products.category,
    products.supplier_id,
    cast(products.sale_price as numeric(12, 2)) as sale_price,
    cast(products.wholesale_cost as numeric(12, 2)) as wholesale_cost,
    products.pack_size,
    products.in_stock,
    products.is_retired,
    sold.first_sold_on,
    sold.last_sold_on,
    cast(coalesce(sold.units_sold, 0) as bigint) as units_sold
from {{ ref("stg_shop__products") }} as products
left join sold on sold.product_id = products.product_id
