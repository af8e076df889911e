"""What people call things beside their names in a catalogue: closed classes of everyday words that mean the same."""

_CLASSES = """
    bike, bicycle, cycle
    phone, smartphone, cellphone, mobile, handset
    tv, television, telly
    tee, tshirt, shirt
    sneakers, trainers, kicks
    runners, running shoes
    vacuum, hoover
    earbuds, earphones, buds, airbuds, pods
    headphones, headset, cans
    laptop, notebook computer
    fridge, refrigerator, icebox
    sofa, couch, settee
    pants, trousers, slacks
    backpack, rucksack, knapsack
    sweater, jumper, pullover
    jacket, coat, fleece
    torch, flashlight
    tap, faucet
    nappy, diaper
    cot, crib
    stroller, pram, pushchair, buggy
    mug, cup
    glasses, spectacles, specs
    sunglasses, shades, sunnies
    watch, wristwatch, timepiece
    kettle, teakettle
    coffeemaker, coffee machine, coffee pot
    suitcase, luggage, suitcases, bags
    parasol, umbrella
    barbecue, bbq, grill, barbeque
    puzzle, jigsaw
    ereader, ebook reader, kindle, reader
    powerbank, power bank, portable charger, battery pack
    bulb, light bulb, lightbulb
    bookcase, bookshelf, bookshelves, shelf
    cologne, perfume, fragrance, scent
    cosmetics, makeup
    helmet, crash helmet
    webcam, camera, cam
    boots, walking boots
    dumbbells, weights, dumbbell
    thermos, flask
    rug, carpet
    pan, frying pan, skillet
    duvet, comforter, quilt
    blender, mixer
    hairdryer, blow dryer
    notepad, notebook
    clock, timer
    hose, hosepipe
    chair, seat
    toothbrush, brush
    speaker, boombox
    purifier, air cleaner
    keyboard, keys
    necklace, chain
    handbag, purse
    plaster, bandaid
    drill, screwdriver
    dog bed, cat bed, pet bed
    mat, pad
"""
_MEANS: dict[str, frozenset[str]] = {}
for _line in _CLASSES.strip().splitlines():
    _names = frozenset(name.strip().replace(" ", "") for name in _line.split(","))
    for _name in _names:
        _MEANS[_name] = _MEANS.get(_name, frozenset()) | _names


def means(word: str) -> frozenset[str]:
    """The words that mean the same as one, or as two that stand together, written as one word."""
    return _MEANS.get(word, frozenset())
