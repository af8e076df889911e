{{ served("demand", ["product_id", "weekly_demand", "weekly_deviation", "lost_weekly", "weeks", "abc", "xyz", "service_level", "lead_days", "reorder_point", "order_up_to"]) }}
