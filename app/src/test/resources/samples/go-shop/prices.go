// Package shop knows what things cost.
package shop

import "fmt"

var cents = map[string]int{"milk": 145, "tea": 320}

// Price is what an item costs, in cents; an error if it is not sold here.
func Price(item string) (int, error) {
	price, sold := cents[item]
	if !sold {
		return 0, fmt.Errorf("no %s is sold here", item)
	}
	return price, nil
}
