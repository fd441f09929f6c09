"""The words of the field (CPSV-AP and case work) as frozen values."""
