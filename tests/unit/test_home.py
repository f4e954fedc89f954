def test_home(home):
    assert (home.root/"home.yaml").exists()
