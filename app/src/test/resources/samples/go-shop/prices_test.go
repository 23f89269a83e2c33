package shop

import "testing"

// newBasket is what people usually buy.
func newBasket(t *testing.T) []string {
	t.Helper()
	return []string{"milk", "tea"}
}

func TestWhatIsSoldHasAPrice(t *testing.T) {
	for _, item := range newBasket(t) {
		if price, err := Price(item); err != nil || price <= 0 {
			t.Errorf("%s: %d, %v", item, price, err)
		}
	}
}

func TestWhatIsNotSoldHasNone(t *testing.T) {
	if _, err := Price("gold"); err == nil {
		t.Error("gold has a price")
	}
}
