"""The warehouse: the shop's orders as a star schema with metrics, built by dbt."""
