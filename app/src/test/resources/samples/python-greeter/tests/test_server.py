def test_is_healthy(get):
    assert get("/health") == (200, '{"status": "up"}')


def test_greets(get):
    assert get("/greet?name=Ada&language=fr") == (200, '{"greeting": "Bonjour, Ada!"}')


def test_says_what_it_cannot_do(get):
    assert get("/greet?language=tlh") == (404, '{"error": "no greeting in tlh"}')
    assert get("/elsewhere") == (404, '{"error": "nothing here"}')
