{{ config(description="Whether what customers bought in all is not what the orders up to the last day come to.") }}

select customers.net, orders.net as net_of_orders
from (select coalesce(sum(orders), 0) as orders, coalesce(sum(net), 0) as net from {{ ref("int_customer_totals") }} where side = 'all')
    as customers
cross join (
    select count(*) as orders, coalesce(sum(net), 0) as net
    from {{ ref("fct_orders") }}
    where not is_cancelled and order_date <= {{ as_of() }}
) as orders
where (customers.orders, customers.net) <> (orders.orders, orders.net)
