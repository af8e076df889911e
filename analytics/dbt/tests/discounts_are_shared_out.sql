{{ config(description="Orders whose lines' shares do not come to the order's discount.") }}

select orders.order_id
from {{ ref("fct_orders") }} as orders
inner join {{ ref("fct_order_lines") }} as lines on lines.order_id = orders.order_id
where {{ "true" if var("checked") == "true" else "orders." ~ var("checked") }}
group by orders.order_id, orders.gross, orders.discount
having sum(lines.discount) <> orders.discount or sum(lines.amount) <> orders.gross
