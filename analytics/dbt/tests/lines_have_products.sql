{{ config(description="Lines of products that nobody knows: they would be missing in every mart.") }}

select lines.order_id, lines.line_no
from {{ ref("stg_shop__orders") }} as orders
inner join {{ ref("stg_shop__order_lines") }} as lines on lines.order_id = orders.order_id
left join {{ ref("stg_shop__products") }} as products on products.product_id = lines.product_id
where products.product_id is null and {{ "true" if var("checked") == "true" else "orders." ~ var("checked") }}
