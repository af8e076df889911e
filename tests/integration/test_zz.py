import pytest
@pytest.mark.parametrize("n", range(10))
def test_a(unit_of_work, n):
    with unit_of_work() as uow:
        assert uow.products.in_stock() == 0
