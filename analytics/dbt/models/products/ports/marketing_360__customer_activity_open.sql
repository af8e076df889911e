-- With several shipments of an order: what became of the latest, and when the first one left.
with shipped as (
    select distinct on (order_ref)
        order_ref,
        delivery_status,
        min(shipped_date) over (partition by order_ref) as first_shipped_date
    from {{ port("logistics_wms", "shipments") }}
    order by order_ref, shipped_date desc nulls last, shipment_id desc
)

select
    customers.id as customer_id,
    cast(greatest({{ as_of() }} - cast(customers.signup_date as date), 0) as integer) as account_age_days,
    orders.order_id,
    orders.total_amount as order_total,
    cast(cast(shipped.first_shipped_date as date) - cast(orders.order_date as date) as integer) as days_from_order_to_ship,
    shipped.delivery_status
from {{ port("sales_crm", "customers_open") }} as customers
left join {{ port("sales_erp", "orders") }} as orders on orders.customer_id = customers.id
left join shipped on shipped.order_ref = orders.order_id
