{{ config(description="Orders whose lines do not come to what was charged and taken off.") }}

select orders.order_id
from {{ ref("stg_shop__orders") }} as orders
left join {{ ref("stg_shop__order_lines") }} as lines on lines.order_id = orders.order_id
where {{ "true" if var("checked") == "true" else "orders." ~ var("checked") }}
group by orders.order_id, orders.gross, orders.discount, orders.total
having orders.gross <> coalesce(sum(lines.amount), 0) or orders.discount < 0 or orders.total < 0
