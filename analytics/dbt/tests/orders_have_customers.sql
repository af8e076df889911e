{{ config(description="Orders whose customer nobody knows: they would be missing in every mart.") }}

select orders.order_id
from {{ source("shop", "orders") }} as orders
left join {{ ref("stg_shop__customers") }} as customers on customers.hashed_email = orders.hashed_email
where customers.customer_id is null and {{ "true" if var("checked") == "true" else "orders." ~ var("checked") }}
