mode: set
example.com/shop/prices/prices.go:6.44,7.28 1 1
example.com/shop/prices/prices.go:10.2,10.10 1 1
example.com/shop/prices/prices.go:7.28,9.3 1 0
example.com/shop/prices/prices.go:13.38,15.16 2 1
example.com/shop/prices/prices.go:20.2,20.15 1 1
example.com/shop/prices/prices.go:15.16,19.3 1 0
example.com/shop/prices/prices.go:23.19,23.31 1 0
