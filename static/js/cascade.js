// Address fields: the townships follow the county without asking the server; the list is one cached file.
(function () {
  'use strict'
  var lists = {}

  function townshipsOf (address) {
    if (!lists[address]) lists[address] = fetch(address).then(function (answer) { return answer.json() })
    return lists[address]
  }

  function fill (select, townships, chosen) {
    while (select.options.length > 1) select.remove(1)
    townships.forEach(function (pair) {
      var option = new Option(pair[1], pair[0], false, pair[0] === chosen)
      option.lang = 'zh-CN'
      select.add(option)
    })
    if (!chosen) select.selectedIndex = 0
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-tz-cascade]'), function (box) {
    var county = box.querySelector('select[name$="-county"]')
    var township = box.querySelector('select[name$="-township"]')

    function follow () {
      var chosen = township.value
      var code = county.value
      township.closest('.govuk-form-group').hidden = code === 'other'
      townshipsOf(box.dataset.tzCascade).then(function (table) {
        if (county.value === code) fill(township, table[code] || [], chosen.indexOf(code) === 0 ? chosen : '')
      }).catch(function () { delete lists[box.dataset.tzCascade] })
    }

    county.addEventListener('change', follow)
    county.form.addEventListener('tz:restored', follow)
    if (county.value === 'other') follow()
  })
})()
