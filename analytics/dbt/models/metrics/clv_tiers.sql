{% set months = var("clv_window_months") %}

with valued as (
    select
        customers.customer_id,
        {% if months %}coalesce(sum(orders.net), 0){% else %}customers.net{% endif %} as lifetime_net
    from {{ ref("int_customers_summarised") }} as customers
    {% if months %}
    left join {{ ref("fct_orders") }} as orders
        on
            orders.customer_id = customers.customer_id
            and not orders.is_cancelled
            and orders.order_date <= {{ as_of() }}
            and orders.order_date > {{ as_of() }} - interval '{{ months }} months'
    {% endif %}
    where customers.as_of = {{ as_of() }}
    {% if months %}group by customers.customer_id{% endif %}
),

ranked as (
    select
        customer_id,
        lifetime_net,
        percent_rank() over (order by lifetime_net desc) as rank_share,
        count(*) over () as customers
    from valued
)

select
    customer_id,
    cast(lifetime_net as numeric(18, 2)) as lifetime_net,
    cast(rank_share as double precision) as rank_share,
    case
        when customers < 5 then null
        when rank_share < 0.20 then 'High'
        when rank_share < 0.80 then 'Medium'
        else 'Low'
    end as tier,
    {{ as_of() }} as as_of
from ranked
