{{ config(description="Days on which what was sold of all products is not what was sold.") }}

with products as (
    select sales_date, sum(net) as net
    from {{ ref("product_days") }}
    where {{ "true" if var("checked") == "true" else "sales_date > " ~ as_of() ~ " - 7" }}
    group by sales_date
),

days as (
    select sales_date, sum(net) as net
    from {{ ref("sales_days") }}
    where {{ "true" if var("checked") == "true" else "sales_date > " ~ as_of() ~ " - 7" }}
    group by sales_date
)

select coalesce(products.sales_date, days.sales_date) as sales_date
from products
full join days on days.sales_date = products.sales_date
where products.net is distinct from days.net
