select
    customers.segment,
    customers.clv_tier,
    customers.recency_score,
    customers.frequency_score,
    customers.at_risk,
    customers.late_for_them,
    count(*) as customers,
    cast(coalesce(sum(scored.net_last_365), 0) as numeric(18, 2)) as net_last_365,
    cast(coalesce(sum(churn.net_last_90), 0) as numeric(18, 2)) as net_last_90,
    cast(coalesce(sum(churn.net_90_before), 0) as numeric(18, 2)) as net_90_before,
    customers.as_of
from {{ ref("dim_customers") }} as customers
left join {{ ref("churn_indicators") }} as churn on churn.customer_id = customers.customer_id
left join {{ ref("int_customers_scored") }} as scored
    on scored.customer_id = customers.customer_id and scored.as_of = customers.as_of
group by
    customers.segment,
    customers.clv_tier,
    customers.recency_score,
    customers.frequency_score,
    customers.at_risk,
    customers.late_for_them,
    customers.as_of
